import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('Permissions-Policy', 'camera=(), geolocation=(src)');
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
