import cors from 'cors';
import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet());
app.use(cors({ origin: 'https://a.example', maxAge: 604800 }));
//                                                  ^^^^^^ info
