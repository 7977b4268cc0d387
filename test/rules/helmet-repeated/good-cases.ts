import express from 'express';
import helmet from 'helmet';

const app = express();
if (process.env.MODE === 'a') app.use(helmet());
else app.use(helmet({ contentSecurityPolicy: false }));
