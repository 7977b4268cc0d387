import express from 'express';
import helmet from 'helmet';

const app = express();
/* headerlint-disable-next-line nosniff-invalid -- was needed once */
//< info
app.use(helmet());
app.listen(3000);
