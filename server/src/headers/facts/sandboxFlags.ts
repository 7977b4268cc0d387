/** The words of an iframe's `sandbox` attribute and of the CSP directive of that name, lower case (HTML, "sandboxing flag set"; MDN). */
export const sandboxFlags: ReadonlySet<string> = new Set([
	'allow-downloads',
	'allow-forms',
	'allow-modals',
	'allow-orientation-lock',
	'allow-pointer-lock',
	'allow-popups',
	'allow-popups-to-escape-sandbox',
	'allow-presentation',
	'allow-same-origin',
	'allow-scripts',
	'allow-storage-access-by-user-activation',
	'allow-top-navigation',
	'allow-top-navigation-by-user-activation',
	'allow-top-navigation-to-custom-protocols',
]);
