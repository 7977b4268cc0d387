import cookieSession from 'cookie-session';
import express from 'express';
import session from 'express-session';

const isProduction = process.env.NODE_ENV === 'production';
const options = { secret: 'x', cookie: { secure: false, sameSite: 'lax' as const } };
const app = express();
if (isProduction) options.cookie.secure = true;
app.use(session(options));
app.use(session({ secret: 'x', cookie: { secure: 'auto' } }));
app.use(session({ secret: 'x', cookie: { secure: isProduction } }));
// Without the option the connection decides.
app.use(cookieSession({ keys: ['x'] }));
app.get('/', (_req, res) => {
	res.cookie('gone', '', { expires: new Date(0) });
	res.send('hello');
});
