import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ permittedCrossDomainPolicies: { permittedPolicies: 'all' } }));
//                                                                   ^^^ warning
app.get('/', (_req, res) => {
	res.send('hello');
});
