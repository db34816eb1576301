/** The only ways from a page into the main process: one hands over a port, one names a file the user chose. */
export const CONNECT_CHANNEL = 'hindsight:connect';
export const REGISTER_FILE_CHANNEL = 'hindsight:register-file';
/** The one way back: a command that was chosen from the menu. */
export const COMMAND_CHANNEL = 'hindsight:command';
