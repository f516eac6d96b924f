using Tidegate.Gateway.Models.Faces;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.Rerank;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Operations;

/// <summary>How a call is put to a target: in the caller's own words, as a conversation in the target's, or as another operation in the target's.</summary>
internal sealed class Wire
{
    private Wire(ModelOperation operation, ITargetFormat format, string word)
    {
        (Operation, Format, Word) = (operation, format, word);
    }

    /// <summary>What is asked of the target.</summary>
    public ModelOperation Operation { get; }

    /// <summary>Format of conversations and of errors.</summary>
    public ITargetFormat Format { get; }

    /// <summary>Word of the format the request is written in.</summary>
    public string Word { get; }

    /// <summary>The caller's bytes, and the target's, pass through.</summary>
    public bool Passes { get; private init; }

    /// <summary>Turns requests and answers that are no conversations into each other's words; null where none is needed.</summary>
    public Translation? Translation { get; private init; }

    /// <summary>The way to a target; null when it cannot do what is wanted.</summary>
    public static Wire? To(Face face, TargetModel target)
    {
        var (vendor, model) = (target.Provider.Vendor, target.Config.Model);
        if (face.Operation == ModelOperation.Chat)
        {
            var chat = vendor.FormatFor(face.Format.Name, model);
            return new Wire(ModelOperation.Chat, chat, chat.Name) { Passes = chat.Name == face.Format.Name };
        }

        var errors = vendor.FormatFor(face.Format.Name, model);
        if (Has(target, face.Operation, face.Word)) return new Wire(face.Operation, face.Operation == ModelOperation.Completion ? (ITargetFormat)face.Format : errors, face.Word) { Passes = true };
        return face.Operation switch
        {
            ModelOperation.Completion => new Wire(ModelOperation.Chat, errors, errors.Name),
            ModelOperation.Embeddings when vendor.EmbeddingsFor(model) is { } format && Has(target, ModelOperation.Embeddings, format.Name) =>
                new Wire(ModelOperation.Embeddings, errors, format.Name) { Translation = new EmbeddingsTranslation(face.Embeddings!, format) },
            ModelOperation.Rerank when vendor.RerankWord is { } word && word != face.Word && Has(target, ModelOperation.Rerank, word) =>
                new Wire(ModelOperation.Rerank, errors, word) { Translation = new RerankTranslation(new RerankFormat()) },
            ModelOperation.CountTokens when errors is ITokenCountFormat format && Has(target, ModelOperation.CountTokens, errors.Name) =>
                new Wire(ModelOperation.CountTokens, errors, errors.Name) { Translation = new CountTranslation((ITokenCountFormat)face.Format, format) },
            _ => null,
        };
    }

    /// <summary>True when a target can do what is wanted. Conversations go to all.</summary>
    public static bool Leads(Face face, TargetModel target) => face.Operation == ModelOperation.Chat || To(face, target) is not null;

    private static bool Has(TargetModel target, ModelOperation operation, string word) =>
        target.Provider.Vendor.Path(operation, word, target.Config.Model, stream: false, target.Provider.Account) is not null;
}
