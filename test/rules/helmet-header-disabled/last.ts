import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({
	referrerPolicy: { policy: 'origin' },
	xFrameOptions: false
//< info
}));

app.get('/', (_req, res) => {
	res.send('hello');
});
