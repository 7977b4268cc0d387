import cors from 'cors';
import express from 'express';
import helmet from 'helmet';

const app = express();
const logged = (req: express.Request, _res: express.Response, next: express.NextFunction): void => {
	console.log(req.url);
	next();
};
const failed = (_error: Error, _req: express.Request, res: express.Response, _next: express.NextFunction): void => {
	res.status(500).send('Something broke');
};

app.use([helmet(), cors(), logged, failed]);
app.get('/', (_req, res) => {
	res.send('Hello');
});
app.listen(3000);
