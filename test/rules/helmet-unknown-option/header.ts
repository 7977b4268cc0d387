import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ 'X-Frame-Options': { action: 'deny' } }));
//               ^^^^^^^^^^^^^^^^^ warning

app.get('/', (_req, res) => {
	res.send('hello');
});
