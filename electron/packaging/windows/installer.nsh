; What the uninstaller of Windows asks: whether what KosmoKrator wrote outside of its own folder goes as well. It runs while
; the program is still there. An update uninstalls too, and asks nothing; neither does an uninstall with /S.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    ; A one-click uninstaller is silent by itself from here on: only the switch says what the person wants.
    ClearErrors
    ${GetParameters} $R0
    ${GetOptions} $R0 "/S" $R1
    ${if} ${Errors}
      MessageBox MB_YESNO|MB_ICONQUESTION "Disconnect KosmoKrator from Codex and the other programs it was connected to, and take kosmo off your PATH?$\r$\n$\r$\nWithout this they go on looking for it. Your accounts and what you allowed stay." IDNO kosmoKeepClients
      nsExec::ExecToLog '"$INSTDIR\resources\cli\node.exe" "$INSTDIR\resources\cli\kosmo.cjs" uninstall --yes'
      Pop $R0
      ${if} $R0 != 0
        MessageBox MB_OK|MB_ICONEXCLAMATION "Some settings could not be changed and are as they were. Take the entry of KosmoKrator out of them yourself."
      ${endIf}
      kosmoKeepClients:
    ${endIf}
  ${endIf}
!macroend
