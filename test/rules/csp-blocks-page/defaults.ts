import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet());
//      ^^^^^^^^ warning
app.use(express.static('public'));
app.listen(3000);
