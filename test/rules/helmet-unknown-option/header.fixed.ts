import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ xFrameOptions: { action: 'deny' } }));

app.get('/', (_req, res) => {
	res.send('hello');
});
