import express from 'express';

const app = express();
app.use((_req, res, next) => {
	res.setHeader(
		'Permissions-Policy',
		[
			'camera=()',
			'interest-cohort=()',
//	 ^^^^^^^^^^^^^^^ info
			'microphone=()', // never
			'geolocation=()',
		].join(', '),
	);
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
