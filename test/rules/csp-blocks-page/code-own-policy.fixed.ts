import express from 'express';

// Each page is held against the policy that is set where it is sent.
const app = express();
app.disable('x-powered-by');
app.get('/strict', (req, res) => {
	res.setHeader('Content-Security-Policy', "default-src 'none'; script-src 'self' 'sha256-hn9HTyOS0Jpgq7M4O/1pUMiZwkjtx0+kXM68kdiin78='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
	res.send('<script>strict()</script>');
});
app.get('/open', (req, res) => {
	res.send('<script>open()</script>');
});
app.get('/perhaps', (req, res) => {
	if (req.query.strict) res.setHeader('Content-Security-Policy', "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
	res.send('<script>perhaps()</script>');
});
app.listen(3000);
