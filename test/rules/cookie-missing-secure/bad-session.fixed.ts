import cookieSession from 'cookie-session';
import express from 'express';
import session from 'express-session';

const app = express();
app.disable('x-powered-by');
app.use(session({ secret: 'x', resave: false, saveUninitialized: false, cookie: { secure: true } }));
app.use(
	session({
		name: 'sid',
		secret: 'x',
		cookie: { maxAge: 60_000, sameSite: 'lax', secure: true }, // a minute
	}),
);
app.use(cookieSession({ name: 'own', secure: true, keys: ['x'] }));
app.get('/', (_req, res) => {
	res.cookie('a', '1', { secure: true });
	res.cookie('b', '2', { secure: true });
	res.send('hello');
});
