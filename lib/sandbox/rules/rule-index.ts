import type { RegionState } from '@/lib/sandbox/state/region-state';
import { type CompiledRule, compileRule } from './compiled-rule';
import { FilterTree } from './filter-tree';
import { TopicRuleTables } from './topic-rule';

/** The enabled rules of a Region by topic, made anew when a rule has changed. */
export class RuleIndex {
  readonly #region: RegionState;
  readonly #tables: TopicRuleTables;
  #version = -1;
  #byTopic = new FilterTree<CompiledRule>();
  #byName = new Map<string, CompiledRule>();

  constructor(region: RegionState) {
    this.#region = region;
    this.#tables = region.family(TopicRuleTables);
  }

  get regionName(): string {
    return this.#region.name;
  }

  matching(topic: string): readonly CompiledRule[] {
    if (this.#tables.rules.size === 0) return [];
    this.#refresh();
    return this.#byTopic.match(topic);
  }

  /** For basic ingest; undefined when there is no such rule or it is disabled. */
  named(ruleName: string): CompiledRule | undefined {
    this.#refresh();
    return this.#byName.get(ruleName);
  }

  #refresh(): void {
    if (this.#version === this.#tables.rules.version) return;
    this.#byTopic = new FilterTree();
    this.#byName = new Map();
    for (const rule of this.#tables.rules.values()) {
      const compiled = rule.ruleDisabled ? undefined : compileRule(rule);
      // A rule was read when it was made; one that cannot be read now was made by another version of the sandbox.
      if (!compiled?.ok) continue;
      this.#byName.set(rule.ruleName, compiled.value);
      const { topicFilter } = compiled.value.statement;
      if (topicFilter !== undefined) this.#byTopic.add(topicFilter, compiled.value);
    }
    this.#version = this.#tables.rules.version;
  }
}
