using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Consumers.Rules;

/// <summary>A key belongs to one consumer.</summary>
internal sealed class UniqueKeyRule : DocumentRule
{
    public override void Check(DocumentScope scope)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var consumer in scope.Document.Consumers)
        {
            for (int i = 0; i < consumer.Spec.Keys.Count; i++)
            {
                var key = consumer.Spec.Keys[i];
                if (!ids.TryAdd(key.Id, consumer.Id))
                    scope.Of(consumer).Error("duplicate_key_id", $"spec.keys[{i}].id", $"The key id \"{key.Id}\" is taken by {ids[key.Id]}.");
                if (!hashes.TryAdd(key.Sha256, consumer.Id))
                    scope.Of(consumer).Error("duplicate_key_hash", $"spec.keys[{i}].sha256", $"The same key stands at {hashes[key.Sha256]}: a key belongs to one consumer.");
            }
        }
    }
}
