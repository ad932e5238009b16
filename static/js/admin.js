import { enhanceAutoSubmit } from './auto-submit.js';
import { enhanceCopy } from './copy.js';
import { enhanceFilters } from './filter-list.js';
import { enhanceOnce } from './once.js';
import { enhanceTabs } from './tabs.js';
import { enhanceThemeSwitch } from './theme.js';
import { enhanceTimes } from './time.js';

document.querySelector('[data-focus]')?.focus();
enhanceThemeSwitch(document);
enhanceTimes(document);
enhanceAutoSubmit(document);
enhanceOnce(document);
enhanceFilters(document);
enhanceTabs(document);
enhanceCopy(document);
