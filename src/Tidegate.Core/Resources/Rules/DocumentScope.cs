using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Rules;

/// <summary>What rules see of a document, and where their findings go.</summary>
internal sealed class DocumentScope(ConfigDocument document, IReadOnlyDictionary<string, ReadObject> texts, bool complete, FindingList findings)
{
    /// <summary>The document being checked. Values that could not be read are blank in it.</summary>
    public ConfigDocument Document { get; } = document;

    /// <summary>False when there are objects that could not be read.</summary>
    public bool IsComplete { get; } = complete;

    /// <summary>The scope of one object.</summary>
    public ResourceScope Of(Resource resource) => Of(resource, findings);

    /// <summary>The scope of one object whose findings go to a list of their own.</summary>
    public ResourceScope Of(Resource resource, FindingList own) => new(this, resource, texts.GetValueOrDefault(resource.Id), own);
}
