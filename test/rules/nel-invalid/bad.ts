import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('NEL', '{"max_age":86400}');
//                     ^^^^^^^^^^^^^^^^^ warning
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
