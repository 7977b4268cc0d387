import express from 'express';
import session from 'express-session';

const app = express();
app.disable('x-powered-by');
app.use(session({ secret: 'x', cookie: { sameSite: 'none', secure: true } }));
app.get('/', (_req, res) => {
	res.send('hello');
});
