// Options that take away what helmet gives.
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(
	helmet({
		contentSecurityPolicy: {
			directives: {
				defaultSrc: ["'self'"],
				scriptSrc: ["'self'", "'unsafe-inline'"],
			},
		},
		hsts: { maxAge: 3600, includeSubDomains: false },
		noSniff: false,
		referrerPolicy: { policy: 'unsafe-url' },
		permittedCrossDomainPolicies: false, // Block Adobe/Flash cross-domain
	}),
);

app.get('/', (_req, res) => {
	res.send('hello');
});

export default app;
