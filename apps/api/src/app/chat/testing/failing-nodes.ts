import { FailingNode } from './failing-node';

/** Several nodes on one database; one that has died is followed by a new one. */
export class FailingNodes {
  private readonly dead: FailingNode[] = [];

  private constructor(
    private readonly uri: string,
    private readonly places: Promise<FailingNode>[],
  ) {}

  /** Starts so many nodes. */
  static async start(uri: string, count: number): Promise<FailingNodes> {
    const places = Array.from({ length: count }, () => FailingNode.start(uri));
    await Promise.all(places);
    return new FailingNodes(uri, places);
  }

  /** How many places there are. */
  get count(): number {
    return this.places.length;
  }

  /** The node that lives at a place. */
  async node(at: number): Promise<FailingNode> {
    const place = this.places[at];
    if (!place) throw new Error(`There is no place ${at}.`);
    const node = await place;
    if (!node.isDead) return node;
    if (this.places[at] === place) {
      this.dead.push(node);
      this.places[at] = FailingNode.start(this.uri);
    }
    return this.node(at);
  }

  /** All that live. */
  async alive(): Promise<FailingNode[]> {
    return Promise.all(this.places.map((_, at) => this.node(at)));
  }

  /** All that live or have died, once nothing fails any more and nothing is under way. */
  async healed(): Promise<FailingNode[]> {
    const all = [...(await this.alive()), ...this.dead];
    for (const node of all) await node.heal();
    return all;
  }

  /** Stops those that have died. */
  async bury(): Promise<void> {
    for (const node of this.dead.splice(0)) await node.stop();
  }

  /** Stops all. */
  async stop(): Promise<void> {
    for (const node of await this.alive()) await node.stop();
    await this.bury();
  }
}
