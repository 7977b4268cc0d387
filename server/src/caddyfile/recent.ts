/** What was made last of things that can be made again: the older ones are let go, so that a file of thousands of sites takes little. */
export interface Recent {
	/** Whether one more can be added without another one being let go. */
	readonly hasRoom: boolean;
	/** Takes a thing in, by what lets it go. */
	add(letGo: () => void): void;
	/** Lets a thing go before its time. */
	release(letGo: () => void): void;
}

/**
 * Holds the last `limit` things, none at first. In an array of fixed slots: a `Map` or `Set` that is filled and emptied all the time
 * makes new tables, which V8 chains to the old ones, so that what was let go would stay in memory until the next full collection.
 */
export function createRecent(limit: number): Recent {
	const slots: ((() => void) | null)[] = [];
	let held = 0;
	let next = 0;
	return {
		get hasRoom() {
			return held < limit;
		},
		add: letGo => {
			const free = held < limit ? slots.indexOf(null) : next;
			const slot = free < 0 ? slots.length : free;
			const oldest = slots[slot] ?? null;
			slots[slot] = letGo;
			if (oldest === null) held++;
			else next = (next + 1) % limit;
			oldest?.();
		},
		release: letGo => {
			const slot = slots.indexOf(letGo);
			if (slot < 0) return;
			slots[slot] = null;
			held--;
			letGo();
		},
	};
}
