import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet());
app.use(process.env.BASE_PATH || '/', express.static('public'));
app.listen(3000);
