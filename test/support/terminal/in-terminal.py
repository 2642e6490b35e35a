"""Runs a program in a terminal of its own. Lines of JSON on stdin: {"keys"}, {"size"}, {"signal"}."""
import fcntl, json, os, pty, select, struct, sys, termios

columns, rows = int(sys.argv[1]), int(sys.argv[2])


def resize(descriptor, columns, rows):
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


ready_read, ready_write = os.pipe()
pid, terminal = pty.fork()
if pid == 0:
    os.read(ready_read, 1)
    os.execvp(sys.argv[3], sys.argv[3:])
resize(terminal, columns, rows)
os.write(ready_write, b"x")
commands, waiting = b"", [terminal, 0]
while True:
    readable, _, _ = select.select(waiting, [], [])
    if terminal in readable:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            data = b""
        if not data:
            break
        os.write(1, data)
    if 0 in readable:
        data = os.read(0, 65536)
        if not data:
            os.kill(pid, 9)
            waiting = [terminal]
        commands += data
        while b"\n" in commands:
            line, commands = commands.split(b"\n", 1)
            command = json.loads(line)
            if "keys" in command:
                os.write(terminal, command["keys"].encode())
            elif "size" in command:
                resize(terminal, *command["size"])
            else:
                os.kill(pid, command["signal"])
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status) & 255)
