using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Providers.Rules;

/// <summary>Each model stands once, and its price says in which currency.</summary>
internal sealed class ProviderModelRule : ResourceRule<ProviderConfig>
{
    public override void Check(ProviderConfig spec, ResourceScope scope)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Models.Count; i++)
        {
            var model = spec.Models[i];
            if (model.Name.Length == 0) scope.Error("bad_name", $"spec.models[{i}].name", "Give the name of the model, as it stands in the targets.");
            else if (!names.Add(model.Name)) scope.Error("duplicate_model", $"spec.models[{i}].name", $"The model \"{model.Name}\" stands here twice.");
            if (model.Price is not { } price) continue;
            if (price.Currency.Length != 3 || !price.Currency.All(char.IsAsciiLetterUpper))
                scope.Error("bad_currency", $"spec.models[{i}].price.currency", $"\"{price.Currency}\" is no currency: give its code of three capital letters, for example USD or EUR.");
            if (price is { InputPerMillion: null, OutputPerMillion: null, PerCall: null })
                scope.Error("required", $"spec.models[{i}].price", "Give inputPerMillion and outputPerMillion (0 when the model is free), or leave the price out.");
        }
    }
}
