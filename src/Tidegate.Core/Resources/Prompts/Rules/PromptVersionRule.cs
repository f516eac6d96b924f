using System.Text.Json;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Prompts.Rules;

/// <summary>A version asks for something models can give.</summary>
internal sealed class PromptVersionRule : ResourceRule<PromptConfig>
{
    public override void Check(PromptConfig spec, ResourceScope scope)
    {
        for (var i = 0; i < spec.Versions.Count; i++)
        {
            var version = spec.Versions[i];
            if (version.Output is { ValueKind: not JsonValueKind.Object })
                scope.Error("wrong_type", $"spec.versions[{i}].output", "The shape of answers is a JSON Schema: give an object such as {type: object, properties: {...}}.");
            if (version.Messages.Count > 0 && version.Messages.All(m => m.Role != PromptRole.User))
                scope.Warning("no_question", $"spec.versions[{i}].messages", "No message has the role user: most models answer only those.");
            if (version.Messages.Count > 0 && version.Messages[^1].Role == PromptRole.Assistant)
                scope.Warning("no_question", $"spec.versions[{i}].messages[{version.Messages.Count - 1}]", "The conversation ends with the model's own words: end it with what is asked.");
        }
    }
}
