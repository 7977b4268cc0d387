import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({
	contentSecurityPolicy: {
		directives: {
			scriptSrc: [
				"'self'",
				'https://cdn.example.com/a.js',
				"'sha256-DIm7WJS6ZKDYe5qFLPy+h4JFI9Bol5QmYC57mt3Fb00='",
				"'sha256-oVgFalMB66j+xkvSyZzDgre7h/qer4QsJOFbmaC1ZBk='",
			],
		},
	},
}));
const page = (title: string, body: string) => `<!doctype html><title>${title}</title><main>${body}</main><script>start()</script>`;
app.get('/', (req, res) => {
	res.send(`<!doctype html>
<h1>Hello ${req.query.name}</h1>
<button onclick="go()">Go</button>
<script src="https://cdn.example.com/a.js"></script>
<img src="${req.query.image}" alt="">`);
});
app.get('/about', (req, res) => {
	res.send(page('About', 'Us'));
});
app.get('/login', (req, res) => {
	res.type('html').end('<script>login()</script>');
});
app.listen(3000);
