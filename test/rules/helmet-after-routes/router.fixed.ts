import express from 'express';
import helmet from 'helmet';

const app = express();

const api = express.Router();
api.get('/users', (_req, res) => {
	res.json([]);
});

app.use(helmet()); // too late
app.use('/api', api);
