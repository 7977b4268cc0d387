import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { frameAncestors: ["'self'", 'https://parent.example.com'] } } }));
app.get('/', (_req, res) => {
	res.send('hello');
});
