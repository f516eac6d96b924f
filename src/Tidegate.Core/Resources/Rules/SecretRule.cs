using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Resources.Secrets;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Rules;

/// <summary>Secrets are referred to, well-formed, and only where a node resolves them.</summary>
internal sealed class SecretRule : PropertyRule
{
    private const string Legal = "${env:NAME}, ${file:path} or ${secret:name}";

    public override void Check(PropertyShape property, object value, KeyPath path, ResourceScope scope)
    {
        var secret = property.Constraints.Secret;
        switch (value)
        {
            case string text:
                Check(secret, text, "", path, scope);
                break;
            case IReadOnlyList<string> texts:
                for (int i = 0; i < texts.Count; i++)
                {
                    path.Push(i);
                    Check(secret, texts[i], "", path, scope);
                    path.Pop();
                }

                break;
            case IReadOnlyDictionary<string, string> named:
                foreach (var (key, text) in named)
                {
                    path.Push(key);
                    Check(secret, text, key, path, scope);
                    path.Pop();
                }

                break;
            case FreeBlock block:
                FreeNode.VisitTexts(block.ToNode(), "", path, (key, text) => Check(secret, text, key, path, scope));
                break;
        }
    }

    private static void Check(SecretAttribute? secret, string text, string name, KeyPath path, ResourceScope scope)
    {
        if (secret is null)
        {
            if (SecretText.HasReference(text))
                scope.Error("secret_not_here", path.ToString(), "A secret reference is not resolved at this key: write the value.");
        }
        else if (text == SecretText.Mask)
        {
            scope.Error("masked_secret", path.ToString(), $"\"{SecretText.Mask}\" stands for a secret that was not shown: write {Legal}.");
        }
        else if (text.AsSpan().Count("${") is > 0 and var begun && begun != SecretReference.FindAll(text).Count)
        {
            scope.Error("bad_secret_reference", path.ToString(), $"\"${{\" begins a secret reference: write {Legal}.");
        }
        else if (SecretText.IsPlainSecret(text, secret, name))
        {
            scope.Warning("plain_secret", path.ToString(), $"The secret stands here in clear and will be stored so: write {Legal} instead.");
        }
    }
}
