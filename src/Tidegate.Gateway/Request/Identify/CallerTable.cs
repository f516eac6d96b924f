using System.Collections.Frozen;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Request.Admit.Limits;

namespace Tidegate.Gateway.Request.Identify;

/// <summary>Finds the caller behind a credential. Rebuilt with every snapshot from the document's consumers and the keys Tidegate issued.</summary>
internal sealed class CallerTable
{
    private readonly FrozenDictionary<KeyDigest, KeyEntry> _keys;
    private readonly FrozenDictionary<string, ConsumerModel> _consumers;
    private readonly FrozenDictionary<string, ConsumerModel> _subjects;
    private readonly CertificateRule[] _certificates;

    public CallerTable(IEnumerable<Resource<ConsumerConfig>> consumers, IReadOnlyList<IssuedKey> issued, CallerTable? previous, LimitRules limits)
    {
        _consumers = consumers.Select(c => new ConsumerModel(c.Metadata.Name, c.Spec, Limits(c, previous?.ByName(c.Metadata.Name), limits))).ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);
        var keys = new Dictionary<KeyDigest, KeyEntry>();
        var subjects = new Dictionary<string, ConsumerModel>(StringComparer.Ordinal);
        foreach (var consumer in _consumers.Values.OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            foreach (var key in consumer.Config.Keys) Add(consumer, key.Id, key.Sha256, key.Scopes, key.ExpiresAt);
            foreach (var subject in consumer.Config.Subjects.Count > 0 ? consumer.Config.Subjects : [consumer.Name]) subjects.TryAdd(subject, consumer);
        }

        // A key whose consumer has left the document stands for nobody.
        foreach (var key in issued)
            if (_consumers.TryGetValue(key.Consumer, out var consumer)) Add(consumer, key.Id, key.Sha256, key.Scopes, key.ExpiresAt);
        _keys = keys.ToFrozenDictionary();
        _subjects = subjects.ToFrozenDictionary(StringComparer.Ordinal);
        _certificates = [.. _consumers.Values.OrderBy(c => c.Name, StringComparer.Ordinal).SelectMany(c => c.Config.Certificates.Select(x => new CertificateRule(x, new Caller(c.Name, "", c.Scopes, c))))];

        void Add(ConsumerModel consumer, string id, string sha256, IReadOnlyList<string> scopes, DateTimeOffset? expires) =>
            keys[KeyDigest.Parse(sha256)] = new KeyEntry(new Caller(consumer.Name, id, scopes.Count > 0 ? [.. scopes] : consumer.Scopes, consumer), expires?.UtcTicks ?? long.MaxValue);
    }

    private static LimitSet Limits(Resource<ConsumerConfig> consumer, ConsumerModel? previous, LimitRules limits) => limits.Build(
        consumer.Spec.Limits, consumer.Spec.MaxConcurrent > 0 ? [new ConcurrencyLimitConfig { Name = "consumer", Max = consumer.Spec.MaxConcurrent }] : [], previous?.Limits);

    /// <summary>What a key stands for; null for an unknown one.</summary>
    public KeyEntry? ByKey(in KeyDigest digest) => _keys.GetValueOrDefault(digest);

    /// <summary>The consumer that a token's claim names; null when none lists it.</summary>
    public ConsumerModel? BySubject(string subject) => _subjects.GetValueOrDefault(subject);

    /// <summary>The consumer of this name.</summary>
    public ConsumerModel? ByName(string name) => _consumers.GetValueOrDefault(name);

    /// <summary>The caller a certificate stands for; null for an unknown one.</summary>
    public Caller? ByCertificate(CertificateFacts facts)
    {
        foreach (var rule in _certificates)
            if (rule.Matches(facts)) return rule.Caller;
        return null;
    }
}
