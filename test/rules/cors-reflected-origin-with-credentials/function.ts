import cors from 'cors';
import express from 'express';

const app = express();
app.use(cors({ origin: (_origin, callback) => callback(null, true), credentials: true }));
//                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error
app.get('/me', (_req, res) => {
	res.json({});
});
