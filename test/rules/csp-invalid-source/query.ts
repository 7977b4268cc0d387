import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { formAction: ["'self'", 'https://pay.example.com/start?shop=1&step=2'] } } }));
//                                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info
app.get('/', (req, res) => res.send('<p>Hello</p>'));
