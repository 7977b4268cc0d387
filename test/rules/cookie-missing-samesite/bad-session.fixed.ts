import express from 'express';
import session from 'express-session';

const app = express();
app.disable('x-powered-by');
app.use(session({ secret: 'x', cookie: { secure: true, sameSite: 'lax' } }));
app.get('/', (_req, res) => {
	res.send('hello');
});
