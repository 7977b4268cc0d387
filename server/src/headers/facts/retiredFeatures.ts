/** Features that were once known and do nothing now, with what took their place: a feature name, or null where nothing did. */
export const retiredFeatures: ReadonlyMap<string, string | null> = new Map([
	['conversion-measurement', 'attribution-reporting'],
	['document-domain', null],
	['interest-cohort', null],
	['trust-token-redemption', 'private-state-token-redemption'],
	['vr', 'xr-spatial-tracking'],
	['wake-lock', 'screen-wake-lock'],
	['window-placement', 'window-management'],
	['vibrate', null],
	['speaker', 'speaker-selection'],
	['push', null],
	['notifications', null],
	['ambient-light', 'ambient-light-sensor'],
]);

/** Features that give access to a device, a place or money: allowing them for every origin hands them to every frame. */
export const powerfulFeatures: ReadonlySet<string> = new Set([
	'bluetooth',
	'camera',
	'captured-surface-control',
	'clipboard-read',
	'display-capture',
	'geolocation',
	'hid',
	'idle-detection',
	'local-fonts',
	'local-network-access',
	'microphone',
	'midi',
	'otp-credentials',
	'payment',
	'publickey-credentials-create',
	'publickey-credentials-get',
	'screen-wake-lock',
	'serial',
	'usb',
	'window-management',
	'xr-spatial-tracking',
]);

/** The features that the guide takes from every page (spec/guide.md, Permissions-Policy). */
export const baselineFeatures: readonly string[] = ['camera', 'microphone', 'geolocation', 'payment'];
