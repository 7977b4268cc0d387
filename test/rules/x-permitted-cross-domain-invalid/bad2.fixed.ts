import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ permittedCrossDomainPolicies: { permittedPolicies: 'none' } }));
app.get('/', (_req, res) => {
	res.send('hello');
});
