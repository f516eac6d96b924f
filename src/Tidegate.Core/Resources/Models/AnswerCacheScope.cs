namespace Tidegate.Core.Resources.Models;

/// <summary>Who gets a kept answer again.</summary>
public enum AnswerCacheScope
{
    /// <summary>The consumer that got it first.</summary>
    Consumer,

    /// <summary>Everyone who may use the model.</summary>
    Everyone,
}
