import cookieSession from 'cookie-session';
import express from 'express';
import session from 'express-session';

const app = express();
app.disable('x-powered-by');
app.use(session({ secret: 'x', resave: false, saveUninitialized: false }));
//      ^^^^^^^ warning
app.use(
	session({
		name: 'sid',
//       ^^^ warning
		secret: 'x',
		cookie: { maxAge: 60_000, sameSite: 'lax' }, // a minute
	}),
);
app.use(cookieSession({ name: 'own', secure: false, keys: ['x'] }));
//                             ^^^ warning
app.get('/', (_req, res) => {
	res.cookie('a', '1');
//           ^ warning
	res.cookie('b', '2', {});
//           ^ warning
	res.send('hello');
});
