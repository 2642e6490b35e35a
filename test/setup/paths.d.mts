export declare const root: string
export declare const modules: string
export declare function pathOfTheSystem(): string
export declare function findOnPath(name: string): string | undefined
