/**
 * Go's `sort.SliceStable` (sort/zsortfunc.go, Go 1.26: `stable_func`), step by step: insertion sort of blocks of 20, then symMerge.
 * Caddy sorts routes and sites with comparators that are no strict weak order, so another stable sort gives other orders.
 * Sorts in place; `less(a, b)` says whether `a` must stand before `b`.
 */
export function goStableSort<T>(items: T[], less: (a: T, b: T) => boolean): void {
	const data: Sortable = {
		less: (i, j) => less(items[i] as T, items[j] as T), // The indexes below stay within the list.
		swap: (i, j) => {
			const kept = items[i] as T; // Within the list, as above.
			items[i] = items[j] as T;
			items[j] = kept;
		},
	};
	const n = items.length;
	let blockSize = 20;
	let a = 0;
	let b = blockSize;
	while (b <= n) {
		insertionSort(data, a, b);
		a = b;
		b += blockSize;
	}
	insertionSort(data, a, n);
	while (blockSize < n) {
		a = 0;
		b = 2 * blockSize;
		while (b <= n) {
			symMerge(data, a, a + blockSize, b);
			a = b;
			b += 2 * blockSize;
		}
		const m = a + blockSize;
		if (m < n) symMerge(data, a, m, n);
		blockSize *= 2;
	}
}

interface Sortable {
	readonly less: (i: number, j: number) => boolean;
	readonly swap: (i: number, j: number) => void;
}

function insertionSort(data: Sortable, a: number, b: number): void {
	for (let i = a + 1; i < b; i++) for (let j = i; j > a && data.less(j, j - 1); j--) data.swap(j, j - 1);
}

function symMerge(data: Sortable, a: number, m: number, b: number): void {
	if (m - a === 1) {
		let i = m;
		let j = b;
		while (i < j) {
			const h = (i + j) >>> 1;
			if (data.less(h, a)) i = h + 1;
			else j = h;
		}
		for (let k = a; k < i - 1; k++) data.swap(k, k + 1);
		return;
	}
	if (b - m === 1) {
		let i = a;
		let j = m;
		while (i < j) {
			const h = (i + j) >>> 1;
			if (!data.less(m, h)) i = h + 1;
			else j = h;
		}
		for (let k = m; k > i; k--) data.swap(k, k - 1);
		return;
	}
	const mid = (a + b) >>> 1;
	const n = mid + m;
	let start: number;
	let r: number;
	if (m > mid) {
		start = n - b;
		r = mid;
	} else {
		start = a;
		r = m;
	}
	const p = n - 1;
	while (start < r) {
		const c = (start + r) >>> 1;
		if (!data.less(p - c, c)) start = c + 1;
		else r = c;
	}
	const end = n - start;
	if (start < m && m < end) rotate(data, start, m, end);
	if (a < start && start < mid) symMerge(data, a, start, mid);
	if (mid < end && end < b) symMerge(data, mid, end, b);
}

function rotate(data: Sortable, a: number, m: number, b: number): void {
	let i = m - a;
	let j = b - m;
	while (i !== j) {
		if (i > j) {
			swapRange(data, m - i, m, j);
			i -= j;
		} else {
			swapRange(data, m - i, m + j - i, i);
			j -= i;
		}
	}
	swapRange(data, m - i, m, i);
}

function swapRange(data: Sortable, a: number, b: number, n: number): void {
	for (let i = 0; i < n; i++) data.swap(a + i, b + i);
}
