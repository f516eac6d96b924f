using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Tidegate.Gateway.Models.Budgets;
using Tidegate.Gateway.Models.Guarding.Webhooks;
using Tidegate.Gateway.Models.Prompts;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Models.Guardrails;

namespace Tidegate.Gateway.Models;

/// <summary>The aliases and providers of a snapshot.</summary>
internal sealed class ModelTable(IReadOnlyList<AliasModel> aliases, IReadOnlyList<ProviderModel> providers)
{
    private readonly FrozenDictionary<string, AliasModel> _byName = aliases.ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);

    /// <summary>A table without anything.</summary>
    public static ModelTable Empty { get; } = new([], []);

    /// <summary>All aliases, ordered by name.</summary>
    public IReadOnlyList<AliasModel> All { get; } = aliases;

    /// <summary>All providers, ordered by name.</summary>
    public IReadOnlyList<ProviderModel> Providers { get; } = providers;

    /// <summary>All guardrails by name.</summary>
    public FrozenDictionary<string, Guardrail> Guardrails { get; init; } = FrozenDictionary<string, Guardrail>.Empty;

    /// <summary>Asks outside guards; null in a table without any model.</summary>
    public WebhookSender? Webhooks { get; init; }

    /// <summary>Prompts that call them.</summary>
    public PromptTable Prompts { get; init; } = PromptTable.Empty;

    /// <summary>Budgets of calls for them.</summary>
    public BudgetTable Budgets { get; init; } = BudgetTable.Empty;

    /// <summary>The alias of a name.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out AliasModel? alias) => _byName.TryGetValue(name, out alias);
}
