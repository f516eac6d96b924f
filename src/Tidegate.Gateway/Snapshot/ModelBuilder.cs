using System.Collections.Frozen;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Services;
using Tidegate.Core.Resources.Writing;
using Tidegate.Gateway.Health;
using Tidegate.Gateway.Models;
using Tidegate.Gateway.Models.Budgets;
using Tidegate.Gateway.Models.Caching;
using Tidegate.Gateway.Models.Costs;
using Tidegate.Gateway.Models.Guarding.Webhooks;
using Tidegate.Gateway.Models.Prompts;
using Tidegate.Gateway.Models.Shadows;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Guardrails;
using Tidegate.Models.Catalogue;
using Tidegate.Models.Providers;
using Tidegate.Models.Providers.Tokens;

namespace Tidegate.Gateway.Snapshot;

/// <summary>Builds providers and aliases. What calls have taught about them is carried over: by name for providers, by model and key for breakers, by secret for keys.</summary>
internal sealed class ModelBuilder(TimeProvider time, IRandomSource random, ISecretSource secrets, DestinationEvents events, CatalogueSource catalogue, BudgetBook budgets, WebhookSender webhooks)
{
    private static readonly ProviderKeyConfig NoKey = new() { Name = "none", Secret = "" };
    private readonly SecretResolver _secrets = new(secrets);

    /// <summary>The table; what cannot be built is a finding.</summary>
    public ModelTable Build(ConfigDocument document, ModelTable? previous, FindingList findings)
    {
        var oldProviders = previous?.Providers.ToDictionary(p => p.Name, StringComparer.Ordinal) ?? [];
        var oldStates = (previous?.All ?? []).SelectMany(a => a.Targets).SelectMany(t => t.States).DistinctBy(s => s.Name, StringComparer.Ordinal).ToDictionary(s => s.Name, StringComparer.Ordinal);
        var oldLoads = (previous?.All ?? []).SelectMany(a => a.Targets).DistinctBy(t => t.Load).ToDictionary(t => (t.Name, t.Provider.State), t => t.Load);
        var providers = new Dictionary<string, ProviderModel>(StringComparer.Ordinal);
        foreach (var resource in document.Providers)
            if (Provider(resource, oldProviders.GetValueOrDefault(resource.Metadata.Name), findings) is { } provider) providers[provider.Name] = provider;
        var guardrails = document.OfKind<GuardrailConfig>().ToFrozenDictionary(g => g.Metadata.Name, g => new Guardrail(g.Metadata.Name, Resolved(g, findings)), StringComparer.Ordinal);
        var aliases = new List<AliasModel>();
        foreach (var resource in document.Models)
            aliases.Add(new AliasModel(resource.Metadata.Name, resource.Spec, [.. resource.Spec.Targets.Select((t, i) => Target(resource, t, $"spec.targets[{i}]", "", providers, oldStates, oldLoads, findings)).OfType<TargetModel>()],
                previous is not null && previous.TryFind(resource.Metadata.Name, out var old) ? old.State : new AliasState(time), time)
            {
                Cache = Cache(document, resource, previous),
                Shadow = Shadow(resource, providers, previous, findings),
                Guardrails = [.. resource.Spec.Guardrails.Select(g => guardrails.GetValueOrDefault(g)).OfType<Guardrail>()],
            });
        return new ModelTable(aliases, [.. providers.Values]) { Guardrails = guardrails, Webhooks = webhooks, Budgets = budgets.Table(document), Prompts = PromptBuilder.Build(document, previous?.Prompts, findings) };
    }

    private GuardrailConfig Resolved(Resource<GuardrailConfig> resource, FindingList findings) => resource.Spec.Webhooks.Count == 0 ? resource.Spec : resource.Spec with
    {
        Webhooks = [.. resource.Spec.Webhooks.Select((hook, i) => hook with
        {
            Headers = hook.Headers.ToDictionary(h => h.Key, h => _secrets.Resolve(h.Value, resource, $"spec.webhooks[{i}].headers.{h.Key}", findings), StringComparer.OrdinalIgnoreCase),
            Secret = hook.Secret is { } secret ? _secrets.Resolve(secret, resource, $"spec.webhooks[{i}].secret", findings).Trim() : null,
        })],
    };

    private AnswerCache? Cache(ConfigDocument document, Resource<ModelConfig> resource, ModelTable? previous)
    {
        if (resource.Spec.Cache is not { } config) return null;
        var identity = string.Concat(document.OfKind<GuardrailConfig>().Select(DocumentWriter.Canonical).Prepend(DocumentWriter.Canonical(resource)));
        return previous is not null && previous.TryFind(resource.Metadata.Name, out var old) && old.Cache?.Identity == identity ? old.Cache : new AnswerCache(config, identity, time);
    }

    // Its states are its own: whatever becomes of it, targets and their breakers learn nothing of it.
    private ShadowModel? Shadow(Resource<ModelConfig> resource, Dictionary<string, ProviderModel> providers, ModelTable? previous, FindingList findings)
    {
        if (resource.Spec.Shadow is not { } config) return null;
        var old = previous is not null && previous.TryFind(resource.Metadata.Name, out var alias) ? alias.Shadow : null;
        var states = old?.Target.States.ToDictionary(s => s.Name, StringComparer.Ordinal) ?? [];
        var target = new TargetConfig { Provider = config.Provider, Model = config.Model };
        return Target(resource, target, "spec.shadow", $" (shadow of {resource.Metadata.Name})", providers, states, [], findings) is { } built
            ? new ShadowModel(config, built, budgets.DailyCap($"shadow of {resource.Metadata.Name}", config.MaxCostPerDay), time)
            : null;
    }

    private ProviderModel? Provider(Resource<ProviderConfig> resource, ProviderModel? previous, FindingList findings)
    {
        var (name, config) = (resource.Metadata.Name, resource.Spec);
        if (VendorList.Find(config.Vendor) is not { } vendor)
        {
            findings.Error(resource, "unknown_vendor", "spec.vendor", $"\"{config.Vendor}\" is no known vendor.");
            return null;
        }

        if (UpstreamTls.Load(resource, config.Tls, findings) is not { } tls) return null;

        var identity = $"{vendor.Name}|{tls.Identity}|{config.ConnectTimeout}";
        var connections = previous?.Connections.Identity == identity ? previous.Connections : new UpstreamConnections(Client(vendor, config, tls), identity);
        var keys = config.Keys.Count == 0
            ? [new KeyModel(NoKey, "", previous?.Keys.FirstOrDefault(k => k.Secret.Length == 0)?.State ?? new KeyState(time))]
            : config.Keys.Select((k, i) => Key(resource, k, i, vendor, connections, previous, findings)).OrderBy(k => k.Priority).ToArray();
        return new ProviderModel(name, config with { Headers = config.Headers.ToDictionary(h => h.Key, h => _secrets.Resolve(h.Value, resource, $"spec.headers.{h.Key}", findings), StringComparer.OrdinalIgnoreCase) },
            vendor, keys, previous?.State ?? new ServiceState(name, time, random, events), connections);
    }

    private HttpMessageInvoker Client(Vendor vendor, ProviderConfig config, UpstreamTls tls) => vendor.CreateHandler(time, random) is { } inside
        ? new HttpMessageInvoker(inside)
        : UpstreamClient.Create(new ServiceConfig { Destinations = [], Resilience = new ResilienceConfig { ConnectTimeout = config.ConnectTimeout } }, tls);

    private KeyModel Key(Resource resource, ProviderKeyConfig config, int index, Vendor vendor, UpstreamConnections connections, ProviderModel? previous, FindingList findings)
    {
        var secret = _secrets.Resolve(config.Secret, resource, $"spec.keys[{index}].secret", findings).Trim();
        var old = previous?.Keys.FirstOrDefault(k => k.Secret == secret);
        var exchange = vendor.Exchange(secret, out var problem);
        if (problem is not null) findings.Error(resource, "bad_key", $"spec.keys[{index}].secret", problem);
        return new KeyModel(config, secret, old?.State ?? new KeyState(time))
        {
            Tokens = exchange is null ? null : previous?.Connections == connections && old?.Tokens is { } tokens ? tokens : new TokenSource(exchange, connections.Client, time),
        };
    }

    private TargetModel? Target(
        Resource<ModelConfig> resource, TargetConfig config, string path, string suffix, Dictionary<string, ProviderModel> providers, Dictionary<string, DestinationState> states,
        Dictionary<(string, ServiceState), TargetLoad> loads, FindingList findings)
    {
        if (!providers.TryGetValue(config.Provider, out var provider))
        {
            findings.Error(resource, "unknown_reference", $"{path}.provider", $"There is no Provider/{config.Provider}.");
            return null;
        }

        // Two aliases with the same target share what is known of it.
        var own = provider.Keys.Select(key =>
        {
            var name = $"{provider.Name}/{config.Model}#{key.Name}{suffix}";
            return states.TryGetValue(name, out var known) && known.Service == provider.State ? known : states[name] = new DestinationState(name, provider.State);
        });
        var place = ($"{provider.Name}/{config.Model}", provider.State);
        if (!loads.TryGetValue(place, out var load)) loads[place] = load = new TargetLoad();
        return new TargetModel(config, provider, [.. own], new TargetFactsState(provider.Config, config.Model, catalogue)) { Load = load };
    }
}
