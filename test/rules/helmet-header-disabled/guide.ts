import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({
	frameguard: { action: 'deny' },
	permittedCrossDomainPolicies: false, // Block Adobe/Flash cross-domain
//< info
	crossOriginResourcePolicy: { policy: 'same-origin' },
}));

app.get('/', (_req, res) => {
	res.send('hello');
});
