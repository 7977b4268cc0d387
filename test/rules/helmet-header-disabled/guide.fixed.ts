import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({
	frameguard: { action: 'deny' },
	permittedCrossDomainPolicies: { permittedPolicies: 'none' }, // Block Adobe/Flash cross-domain
	crossOriginResourcePolicy: { policy: 'same-origin' },
}));

app.get('/', (_req, res) => {
	res.send('hello');
});
