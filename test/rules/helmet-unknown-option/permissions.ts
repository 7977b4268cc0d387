import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ permissionsPolicy: { features: { camera: [] } }, frameguard: { action: 'deny' } }));
//               ^^^^^^^^^^^^^^^^^ warning

app.get('/', (_req, res) => {
	res.send('hello');
});
