// Every behaviour enhances a form or a link that works without it.
import './ages.js';
import './copy.js';
import './draft.js';
import './faults.js';
import './guard.js';
import './into.js';
import './keys.js';
import './live.js';
import './menus.js';
import './passkeys.js';
