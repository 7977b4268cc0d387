import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["'self'", "'sha256-yourhashhere='"] } } }));
//                                                                             ^^^^^^^^^^^^^^^^^^^^^^ error
app.get('/', (req, res) => res.send('<p>Hello</p>'));
