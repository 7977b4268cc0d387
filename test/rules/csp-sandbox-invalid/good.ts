import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { sandbox: ['allow-forms', 'allow-scripts'] } } }));
app.get('/', (req, res) => res.send('<p>Hello</p>'));
