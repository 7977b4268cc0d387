import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ crossOriginEmbedderPolicy: { policy: 'cross-origin' } }));
//                                                     ^^^^^^^^^^^^ error
