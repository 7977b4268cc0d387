import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(express.static('public'));
app.use(helmet());
app.get('/health', (req, res) => res.send('ok'));
app.listen(3000);
