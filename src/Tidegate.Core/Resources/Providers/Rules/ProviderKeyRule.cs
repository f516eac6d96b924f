using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Providers.Rules;

/// <summary>Keys have names of their own, and are there where the vendor asks for one.</summary>
internal sealed class ProviderKeyRule : ResourceRule<ProviderConfig>
{
    public override void Check(ProviderConfig spec, ResourceScope scope)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Keys.Count; i++)
        {
            if (spec.Keys[i].Name.Length == 0) scope.Error("bad_name", $"spec.keys[{i}].name", "Give the key a name.");
            else if (!names.Add(spec.Keys[i].Name)) scope.Error("duplicate_key", $"spec.keys[{i}].name", $"The name \"{spec.Keys[i].Name}\" stands here twice.");
            if (spec.Keys[i].Secret.Length == 0) scope.Error("empty_secret", $"spec.keys[{i}].secret", "Give a reference to the key, for example ${env:OPENAI_API_KEY}.");
        }

        if (spec.Keys.Count == 0 && Vendors.All.Contains(spec.Vendor, StringComparer.Ordinal) && !Vendors.WithoutKey.Contains(spec.Vendor, StringComparer.Ordinal))
            scope.Warning("no_keys", "spec.keys", $"{spec.Vendor} asks for a key: every call will be refused by it.");
    }
}
